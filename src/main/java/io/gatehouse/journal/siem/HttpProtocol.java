package io.gatehouse.journal.siem;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.Workers;
import io.gatehouse.platform.outbound.Outbound;
import io.gatehouse.platform.outbound.OutboundRequest;
import io.gatehouse.platform.outbound.OutboundStream;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;

/** Delivers a batch by one POST. Redirects are not followed: credentials go where they were meant to. */
final class HttpProtocol implements Protocol {

    private static final long LARGEST_ANSWER = 8 * 1024 * 1024;

    /** What breaks off before anybody listens may never be heard of. */
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final int SHOWN = 500;
    private static final int SUCCESS = 2;
    private static final int HUNDRED = 100;

    private final Outbound outbound;
    private final Vertx vertx;
    private final HttpForm form;
    private final Duration timeout;

    HttpProtocol(Outbound outbound, Vertx vertx, HttpForm form, Duration timeout) {
        this.outbound = outbound;
        this.vertx = vertx;
        this.form = form;
        this.timeout = timeout;
    }

    @Override
    public Uni<Receipt> deliver(Target target, Credentials credentials, List<LogEvent> events) {
        Context home = vertx.getOrCreateContext();
        return Workers.run(vertx, () -> request(target, credentials, events))
                .chain(request -> outbound.open(request, target.caCertificate(), timeout))
                .chain(answer -> answer.whole(LARGEST_ANSWER).chain(body -> Workers.run(vertx,
                        () -> judge(events, answer, body.toString(), text -> shortened(credentials.hiddenIn(text))))))
                .ifNoItem().after(timeout.plus(GRACE)).failWith(() -> Problem.timeout("The destination did not answer"))
                .emitOn(task -> home.runOnContext(here -> task.run()));
    }

    private OutboundRequest request(Target target, Credentials credentials, List<LogEvent> events) {
        List<Map.Entry<String, String>> headers = new ArrayList<>(credentials.headers().entrySet());
        headers.add(Map.entry("Content-Type", form.contentType()));
        if (credentials.token() != null) {
            headers.add(Map.entry("Authorization", form.scheme() + " " + credentials.token()));
        } else if (target.username() != null) {
            String both = target.username() + ":" + (credentials.password() == null ? "" : credentials.password());
            headers.add(Map.entry("Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8))));
        }
        byte[] body = form.body(target, events).getBytes(StandardCharsets.UTF_8);
        if (target.gzip()) {
            headers.add(Map.entry("Content-Encoding", "gzip"));
        }
        return new OutboundRequest("POST", form.uri(target), headers, List.of(),
                Buffer.buffer(target.gzip() ? compressed(body) : body), false);
    }

    private static byte[] compressed(byte[] body) {
        ByteArrayOutputStream small = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(small)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return small.toByteArray();
    }

    private Receipt judge(List<LogEvent> events, OutboundStream answer, String body, UnaryOperator<String> shown) {
        String said = "HTTP " + answer.status() + (body.isBlank() ? "" : ": " + shown.apply(body.strip()));
        if (answer.status() / HUNDRED == SUCCESS) {
            Receipt receipt = form.judge(events, body, shown);
            return new Receipt(receipt.whole(), receipt.each(), wait(answer.headers()), said);
        }
        return Receipt.of(form.blamesEvents(answer.status(), body) ? Fate.refused(said) : Fate.again(said), said)
                .after(wait(answer.headers()));
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    /** RFC 9110, section 10.2.3: seconds, or a date by the clock of the destination; null for neither. */
    private static Duration wait(MultiMap headers) {
        String after = headers.get("Retry-After");
        try {
            return after == null ? null
                    : after.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(after))
                            : Duration.between(time(headers.get(HttpHeaders.DATE)), time(after));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static ZonedDateTime time(String header) {
        return ZonedDateTime.parse(header == null ? "" : header, DateTimeFormatter.RFC_1123_DATE_TIME);
    }
}
