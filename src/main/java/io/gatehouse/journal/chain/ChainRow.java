package io.gatehouse.journal.chain;

/**
 * One place in a workspace's chain with what is there.
 *
 * @param seq null for an entry that has no place
 * @param version null where there is no link
 * @param hash of the link, in hexadecimal digits; null where there is none
 * @param checkpoint what was signed here, or null
 * @param entry null where it is gone
 */
public record ChainRow(long workspace, Long seq, Integer version, String hash, String checkpoint, ChainEntry entry) {
}
