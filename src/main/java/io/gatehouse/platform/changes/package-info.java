/** The change bus: what one replica commits, every replica hears, through PostgreSQL's NOTIFY. */
package io.gatehouse.platform.changes;
