package io.gatehouse.platform.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpResponseDecoder;

/** A connection that is held up is read again, whatever is asked of it meanwhile. */
class PaceTest {

    private static final int SECOND = 1 << 20;

    private final Pace.Meter meter = new Pace(SECOND).new Meter();
    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter() {

        @Override
        public void channelRead(ChannelHandlerContext context, Object read) {
            context.fireChannelRead(read);
            meter.count(context, SECOND);
        }
    }, new HttpResponseDecoder());

    private boolean readsAfterRead(String part) {
        ByteBuf read = Unpooled.copiedBuffer(part, StandardCharsets.US_ASCII);
        channel.writeInbound(read);
        assertEquals(false, channel.config().isAutoRead(), "held up");
        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        return channel.config().isAutoRead();
    }

    @Test
    void goesOnAfterAWholeMessage() {
        assertEquals(true, readsAfterRead("HTTP/1.1 204 No Content\r\n\r\n"));
    }

    /** Which lets the decoder ask for more. */
    @Test
    void goesOnAfterAPartOfAMessage() {
        assertEquals(true, readsAfterRead("HTTP/1.1 200 OK\r\nContent-"));
    }

    @Test
    void staysPausedForWhoPausedIt() {
        channel.config().setAutoRead(false);

        assertEquals(false, readsAfterRead("HTTP/1.1 204 No Content\r\n\r\n"));
    }
}
