package io.gatehouse.journal.activity;

/**
 * An entry as it was read.
 *
 * @param row without what only the gateway knew: how to record, the whole input, the answer's bytes
 * @param replica that recorded it
 */
record Recorded(Row row, String replica) {

    EntryId id() {
        return row.entry().id();
    }

    /** As it is recorded in place of this one, which was open. */
    Written ended(Status status) {
        Entry open = row.entry();
        Entry entry = new Entry(open.id(), open.at(), true, open.scene(), open.visitor(), open.question(), open.answer());
        return Written.of(new Row(entry, status, row.type(), row.code(), row.message(), row.input(), row.output()),
                new EntryForm(replica));
    }

    Written same() {
        return Written.of(row, new EntryForm(replica));
    }

    LogCursor place() {
        return new LogCursor(row.entry().at(), id().toUuid());
    }
}
