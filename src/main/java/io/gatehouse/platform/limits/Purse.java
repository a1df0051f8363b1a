package io.gatehouse.platform.limits;

import io.gatehouse.platform.limits.Engine.Demand;
import io.gatehouse.platform.limits.Engine.Grant;

/** What this replica has of one key and window. Any thread may look at its stock; all else is the desk's. */
final class Purse implements Account {

    /** Ticks without a call after which it may be forgotten. */
    private static final int FORGOTTEN = 3;

    private final String key;
    private final Window window;
    private volatile Stock stock = new Stock(0, 0);
    private long returned;
    private long settled;
    private Stock watched = stock;
    private long spentBefore;
    private long rate;
    private int idle;
    private boolean isClosed;

    Purse(String key, Window window) {
        this.key = key;
        this.window = window;
    }

    String key() {
        return key;
    }

    Window window() {
        return window;
    }

    Stock stock() {
        return stock;
    }

    @Override
    public Need need(long now) {
        Stock here = stock;
        return new Need(here.usable(now), here.isOver(now) ? Long.MAX_VALUE : here.left());
    }

    @Override
    public long capacity() {
        return stock.capacity();
    }

    /** What is held under the old limit goes back. */
    @Override
    public void limit(long capacity) {
        Stock old = stock;
        if (old.capacity() != capacity) {
            returned += old.takeOut(Long.MAX_VALUE);
            settled += old.settle();
            stock = new Stock(capacity, old.since());
        }
    }

    Demand demand(Need need) {
        Stock now = stock;
        long most = idle > 0 ? need.kept() : Math.max(need.kept(), now.ahead());
        long back = returned + now.takeOut(Math.max(0, now.held() - most));
        long done = settled + now.settle();
        returned = 0;
        settled = 0;
        return new Demand(key, window, now.capacity(), need.wanted(), more(), done, back, now.since());
    }

    /** In advance never more than one second's calls. */
    long more() {
        if (isClosed) {
            return 0;
        }
        Stock now = stock;
        long lately = Math.max(rate, now == watched ? now.spent() - spentBefore : now.spent());
        return Math.max(0, Math.min(lately, Engine.mostAhead(now.capacity()) / 4) - now.held());
    }

    /** Whether the engine should hear of what was spent or is too much. */
    boolean hasNews() {
        Stock now = stock;
        return returned > 0 || settled > 0 || now.held() > now.ahead() || idle > 0 && now.ahead() > 0;
    }

    void add(Grant grant, Demand demand, long sent) {
        Stock old = stock;
        if (grant.since() < old.since()) {
            return;
        }
        Stock now = grant.since() == old.since() && demand.capacity() == old.capacity() ? old
                : new Stock(demand.capacity(), grant.since());
        now.add(grant, grant.granted() >= demand.wanted(), sent);
        stock = now;
    }

    /** Each second. */
    void tick() {
        Stock now = stock;
        long spent = now.spent();
        rate = Math.max(0, now == watched ? spent - spentBefore : spent);
        watched = now;
        spentBefore = spent;
        idle = rate == 0 || isClosed ? idle + 1 : 0;
        if (now.isOver(System.nanoTime())) {
            stock = new Stock(now.capacity(), now.since());
        }
    }

    /** Gives back all. */
    void close() {
        isClosed = true;
        idle++;
    }

    boolean isForgotten() {
        return idle >= FORGOTTEN && !hasNews();
    }
}
