/** PostgreSQL: where it is, and an embedded one for development and tests. */
package io.gatehouse.platform.database;
