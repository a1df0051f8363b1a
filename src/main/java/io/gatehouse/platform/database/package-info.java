/** PostgreSQL: where it is, an embedded one for development and tests, and JSON in its rows. */
package io.gatehouse.platform.database;
