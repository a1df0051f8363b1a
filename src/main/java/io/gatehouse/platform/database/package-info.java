/** PostgreSQL: where it is, an embedded one for development and tests, and what it refuses. */
package io.gatehouse.platform.database;
