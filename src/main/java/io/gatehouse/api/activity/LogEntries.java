package io.gatehouse.api.activity;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.journal.activity.LogPage;

/** A page of the log. */
@Schema(description = "Entries, the newest first. While next_page is true, page[after] goes on at after; such a page may be short, for only so much is looked through at once.")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LogEntries(List<ObjectNode> items, @JsonProperty("next_page") boolean nextPage, String after) {

    static LogEntries of(LogPage page) {
        return new LogEntries(page.entries(), page.next() != null, page.next() == null ? null : page.next().toString());
    }
}
