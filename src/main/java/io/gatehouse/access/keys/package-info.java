/**
 * The keys that sign Gatehouse's own tokens. A new one takes over after some months; the old ones are good for as long as a
 * token that they signed may live.
 */
package io.gatehouse.access.keys;
