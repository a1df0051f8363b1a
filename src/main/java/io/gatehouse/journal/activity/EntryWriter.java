package io.gatehouse.journal.activity;

import org.jboss.logging.Logger;

/**
 * Writes entries: masks what was said, and puts all into the form in which it is stored. Where the answer was just sent it is
 * still at hand for the processor; so this takes a few microseconds on the thread of the call rather than many elsewhere. For
 * one thread.
 */
final class EntryWriter {

    private static final Logger LOG = Logger.getLogger(EntryWriter.class);

    private final Rows rows;
    private final EntryForm form;

    EntryWriter(Rows rows, EntryForm form) {
        this.rows = rows;
        this.form = form;
    }

    Written write(Entry entry) {
        return write(row(entry));
    }

    Written write(Row row) {
        return Written.of(row, form);
    }

    /** What can't be read is recorded without what was said. */
    private Row row(Entry entry) {
        try {
            return rows.row(entry);
        } catch (RuntimeException e) {
            LOG.errorf(e, "An entry of the activity log is not whole: request %s", entry.scene().requestId());
            return Row.unread(entry);
        }
    }
}
