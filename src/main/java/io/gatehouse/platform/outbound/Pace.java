package io.gatehouse.platform.outbound;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import io.gatehouse.platform.telemetry.Meters;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;

/**
 * How fast one back end is read over all its connections together, so that one that sends without end leaves the event
 * loops to the others. What it may not send yet waits in its own buffers, by TCP's flow control.
 */
final class Pace {

    /** So much is read at once after a silence: an answer of usual size is never held up. */
    private static final long BURST = Duration.ofMillis(250).toNanos();

    /** Shorter waits add up to one that is worth a timer. */
    private static final long SHORTEST_WAIT = Duration.ofMillis(1).toNanos();

    /** So much is counted at once: a look at the clock for each short answer would cost more than it tells. */
    private static final int COUNTED_AT_ONCE = 8_192;

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private static final LongAdder HELD_UP = new LongAdder();

    static {
        Meters.counter("gatehouse.outbound.held.up", "Times at which a back end sent faster than it is read", HELD_UP);
    }

    private final long bytesPerSecond;
    private final AtomicLong paidUntil = new AtomicLong(System.nanoTime() - BURST);

    Pace(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Nanoseconds to wait after so many bytes. */
    private long after(long bytes) {
        long now = System.nanoTime();
        long cost = bytes * SECOND / bytesPerSecond;
        return paidUntil.updateAndGet(until -> Math.max(until, now - BURST) + cost) - now;
    }

    /** Counts what one connection has read, and lets it wait. */
    final class Meter {

        private long uncounted;
        private boolean waiting;

        void count(ChannelHandlerContext context, int bytes) {
            uncounted += bytes;
            if (uncounted < COUNTED_AT_ONCE) {
                return;
            }
            long wait = after(uncounted);
            uncounted = 0;
            if (wait >= SHORTEST_WAIT && !waiting) {
                waiting = true;
                HELD_UP.increment();
                Gate gate = new Gate();
                context.pipeline().addFirst(gate);
                gate.hold(context.channel().config());
                context.executor().schedule(() -> goOn(context.channel(), gate), wait, TimeUnit.NANOSECONDS);
            }
        }

        private void goOn(Channel channel, Gate gate) {
            waiting = false;
            if (channel.pipeline().context(gate) != null) {
                channel.pipeline().remove(gate);
                channel.config().setAutoRead(gate.goesOn);
            }
        }
    }

    /** Netty reads as long as a channel is to read by itself; others, who switch that too, are asked to wait. */
    private static final class Gate extends ChannelOutboundHandlerAdapter {

        private boolean goesOn;

        @Override
        public void read(ChannelHandlerContext context) {
            hold(context.channel().config());
        }

        private void hold(ChannelConfig config) {
            goesOn |= config.isAutoRead();
            config.setAutoRead(false);
        }
    }
}
