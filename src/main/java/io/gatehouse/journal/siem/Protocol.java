package io.gatehouse.journal.siem;

import java.util.List;

import io.smallrye.mutiny.Uni;

/** One way to deliver events. Fails where nobody can tell what came of them. */
interface Protocol {

    Uni<Receipt> deliver(Target target, Credentials credentials, List<LogEvent> events);
}
