package io.gatehouse.plan;

import com.samskivert.mustache.Mustache;

/**
 * Counts the tags of a template and refuses what prompts have no use for: other templates, and so many tags or sections
 * that rendering could take long, or deeper sections than a stack holds.
 */
final class TemplateTags implements Mustache.Visitor {

    private static final int MOST = 1_000;
    private static final int MOST_SECTIONS = 50;
    private static final String START = "{{";

    private final boolean usualDelimiters;
    private int count;
    private int sections;

    /** @param usualDelimiters whether the template keeps to {@code {{}, which then is never plain text */
    TemplateTags(boolean usualDelimiters) {
        this.usualDelimiters = usualDelimiters;
    }

    int count() {
        return count;
    }

    @Override
    public void visitText(String text) {
        if (usualDelimiters && text.contains(START)) {
            throw new IllegalArgumentException("a tag is not closed");
        }
    }

    @Override
    public void visitVariable(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a tag is empty");
        }
        if (++count > MOST) {
            throw new IllegalArgumentException("it has more than " + MOST + " tags");
        }
    }

    @Override
    public boolean visitInclude(String name) {
        throw new IllegalArgumentException("a prompt can't include another template");
    }

    @Override
    public boolean visitParent(String name) {
        return visitInclude(name);
    }

    @Override
    public boolean visitBlock(String name) {
        return visitInclude(name);
    }

    @Override
    public boolean visitSection(String name) {
        visitVariable(name);
        if (++sections > MOST_SECTIONS) {
            throw new IllegalArgumentException("it has more than " + MOST_SECTIONS + " sections");
        }
        return true;
    }

    @Override
    public boolean visitInvertedSection(String name) {
        return visitSection(name);
    }
}
