package io.gatehouse.gateway.call;

import java.io.Writer;

import io.gatehouse.kernel.Problem;

/** Gathers what templates write, and gives up before a few tags and a long value become more than memory holds. */
final class BoundedText extends Writer {

    /** Characters, of all that is taken from it. */
    static final int LONGEST = 1024 * 1024;

    private final StringBuilder text = new StringBuilder();
    private int left = LONGEST;

    /** What was written since the last time. */
    String take() {
        String taken = text.toString();
        text.setLength(0);
        return taken;
    }

    private void spend(int length) {
        if (length > left) {
            throw Problem.tooLarge("With these arguments the prompt is longer than " + LONGEST + " characters");
        }
        left -= length;
    }

    @Override
    public Writer append(CharSequence part) {
        spend(part.length());
        text.append(part);
        return this;
    }

    @Override
    public void write(char[] part, int from, int length) {
        spend(length);
        text.append(part, from, length);
    }

    @Override
    public void flush() {
        // It is in memory.
    }

    @Override
    public void close() {
        // It is in memory.
    }
}
