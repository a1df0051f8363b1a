package io.gatehouse.gateway;

import io.gatehouse.gateway.stage.Admit;
import io.gatehouse.gateway.stage.Authenticate;
import io.gatehouse.gateway.stage.Authorize;
import io.gatehouse.gateway.stage.Dispatch;
import io.gatehouse.gateway.stage.Join;
import io.gatehouse.gateway.stage.Locate;
import io.gatehouse.gateway.stage.Record;
import io.gatehouse.gateway.stage.Rescue;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The way of every request, as one sentence. */
@Singleton
public class Gateway {

    private final Locate locate;
    private final Admit admit;
    private final Authenticate authenticate;
    private final Join join;
    private final Authorize authorize;
    private final Dispatch dispatch;
    private final Rescue rescue;
    private final Record record;

    @Inject
    Gateway(Locate locate, Admit admit, Authenticate authenticate, Join join, Authorize authorize, Dispatch dispatch,
            Rescue rescue,
            Record record) {
        this.locate = locate;
        this.admit = admit;
        this.authenticate = authenticate;
        this.join = join;
        this.authorize = authorize;
        this.dispatch = dispatch;
        this.rescue = rescue;
        this.record = record;
    }

    /** Never fails: what goes wrong is a reply too. */
    public Uni<Reply> serve(Arrival arrival) {
        return locate.find(arrival)
                .invoke(admit::check)
                .chain(authenticate::identify)
                .chain(join::attach)
                .invoke(authorize::check)
                .chain(dispatch::answer)
                .onFailure().recoverWithUni(failure -> rescue.reply(arrival, failure))
                .map(reply -> record.note(arrival, reply))
                .onCancellation().invoke(() -> record.abandoned(arrival));
    }
}
