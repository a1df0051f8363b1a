package io.gatehouse.bench;

/**
 * One way to the same answer.
 *
 * @param process the one that is measured
 */
record Contender(String name, ProcessHandle process, Call call) {

    static final String DIRECT = "direct";
    static final String PROXY = "bare proxy";
    static final String GATEHOUSE = "Gatehouse";
}
