package io.gatehouse.gateway.protocol;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.Function;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.engine.Progress;
import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.stream.Events;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;

/**
 * The reply to a call whose client wants to hear of its progress: a stream from the first report on, which ends with the
 * answer; the answer alone where nothing is reported. Reports that do not grow are left out, and so are those that a slow
 * client has no room for. The call is stopped when nobody waits for it any more.
 */
final class ProgressReply implements Progress {

    private static final Logger LOG = Logger.getLogger(ProgressReply.class);
    private static final int INTERNAL_ERROR = -32_603;

    private final JsonNode id;
    private final JsonNode token;
    private UniEmitter<? super Reply> reply;
    private final Deque<Buffer> waiting = new ArrayDeque<>();
    private MultiEmitter<? super Buffer> stream;
    private Cancellable running;
    private BigDecimal last;
    private boolean done;

    private ProgressReply(JsonNode id, JsonNode token) {
        this.id = id;
        this.token = token;
    }

    /**
     * @param request whose progress is wanted under this token, which is repeated as it came
     * @param call gives the answer, and reports until then
     */
    static Uni<Reply> of(Message request, JsonNode token, Function<Progress, Uni<Reply.Json>> call) {
        return Uni.createFrom().emitter(reply -> new ProgressReply(request.id(), token).start(call, reply));
    }

    private void start(Function<Progress, Uni<Reply.Json>> call, UniEmitter<? super Reply> emitter) {
        reply = emitter;
        emitter.onTermination(() -> {
            if (last == null) {
                stop();
            }
        });
        Cancellable begun = call.apply(this).subscribe().with(this::answer, this::fail);
        if (done) {
            begun.cancel();
        }
        running = begun;
    }

    private void stop() {
        if (!done) {
            done = true;
            if (running != null) {
                running.cancel();
            }
        }
    }

    @Override
    public void report(BigDecimal progress, BigDecimal total, String message) {
        if (done || last != null && progress.compareTo(last) <= 0) {
            return;
        }
        boolean isFirst = last == null;
        last = progress;
        if (isFirst) {
            waiting.add(event(progress, total, message));
            reply.complete(new Reply.Stream(200, Map.of("Content-Type", Events.TYPE),
                    Multi.createFrom().<Buffer> emitter(this::begin)));
        } else if (stream != null && stream.requested() > 0) {
            stream.emit(event(progress, total, message));
        }
    }

    private void begin(MultiEmitter<? super Buffer> out) {
        stream = out;
        out.onTermination(this::stop);
        flush();
    }

    private void flush() {
        while (!waiting.isEmpty()) {
            stream.emit(waiting.poll());
        }
        if (done) {
            stream.complete();
        }
    }

    /** What the stream ends with. */
    private void end(Buffer event) {
        waiting.add(event);
        if (stream != null) {
            flush();
        }
    }

    private Buffer event(BigDecimal progress, BigDecimal total, String message) {
        ObjectNode notification = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0").put("method",
                "notifications/progress");
        ObjectNode params = notification.putObject("params");
        params.set("progressToken", token);
        params.put("progress", progress);
        if (total != null) {
            params.put("total", total);
        }
        if (message != null) {
            params.put("message", message);
        }
        return Events.message(notification.toString());
    }

    private void answer(Reply.Json answer) {
        done = true;
        if (last == null) {
            reply.complete(answer);
        } else {
            end(Events.message(answer.body().toString()));
        }
    }

    private void fail(Throwable failure) {
        done = true;
        if (last == null) {
            reply.fail(failure);
        } else {
            LOG.error("A call failed after it had reported progress", failure);
            end(Events.message(JsonRpc.error(id, INTERNAL_ERROR, "Internal error", null).toString()));
        }
    }
}
