/** PostgreSQL: where it is, an embedded one for development and tests, JSON in its rows, and what it refuses. */
package io.gatehouse.platform.database;
