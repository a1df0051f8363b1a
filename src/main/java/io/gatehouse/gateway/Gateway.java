package io.gatehouse.gateway;

import java.util.function.BiFunction;
import java.util.function.Function;

import io.gatehouse.gateway.stage.Admit;
import io.gatehouse.gateway.stage.Authenticate;
import io.gatehouse.gateway.stage.Authorize;
import io.gatehouse.gateway.stage.Dispatch;
import io.gatehouse.gateway.stage.Join;
import io.gatehouse.gateway.stage.Limit;
import io.gatehouse.gateway.stage.Locate;
import io.gatehouse.gateway.stage.Record;
import io.gatehouse.gateway.stage.Rescue;
import io.gatehouse.gateway.trace.Traces;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The way of every request, as one sentence. */
@Singleton
public class Gateway {

    private final Locate locate;
    private final Admit admit;
    private final Function<Located, Uni<Known>> identify;
    private final Function<Known, Uni<Turn>> attach;
    private final Authorize authorize;
    private final Function<Turn, Uni<Reply>> hold;
    private final Rescue rescue;
    private final Record record;
    private final BiFunction<Arrival, Reply, Uni<Reply>> note;
    private final Traces traces;

    @Inject
    Gateway(Locate locate, Admit admit, Authenticate authenticate, Join join, Authorize authorize, Limit limit,
            Dispatch dispatch, Rescue rescue, Record record, Traces traces) {
        this.locate = locate;
        this.admit = admit;
        this.identify = traces.stage("authenticate", Located::arrival, authenticate::identify);
        this.attach = traces.reading(join::attach);
        this.authorize = authorize;
        this.hold = traces.holding(limit::hold, dispatch::answer);
        this.rescue = rescue;
        this.record = record;
        this.note = traces.recording(record::note);
        this.traces = traces;
    }

    /** Never fails: what goes wrong is a reply too. */
    public Uni<Reply> serve(Arrival arrival) {
        Uni<Reply> answer = locate.find(arrival)
                .invoke(record::check)
                .invoke(admit::check)
                .chain(identify::apply)
                .chain(attach::apply)
                .invoke(authorize::check)
                .chain(hold::apply)
                .onFailure().recoverWithUni(failure -> rescue.reply(arrival, failure))
                .onCancellation().invoke(() -> record.abandoned(arrival))
                .chain(reply -> note.apply(arrival, reply))
                .onFailure().recoverWithUni(failure -> rescue.reply(arrival, failure));
        return traces.whole(arrival, answer);
    }
}
