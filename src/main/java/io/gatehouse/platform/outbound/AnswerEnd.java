package io.gatehouse.platform.outbound;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;

/**
 * Sees that an answer is all that a back end sent. What comes after its end, be it by a wrong Content-Length or to pass for
 * the answer to somebody else's request, would be read as the beginning of the next answer (RFC 9112, section 9.2): such a
 * connection serves no other request. So the end of an answer is held until all that was read with it is decoded. What is
 * read is also counted here, for the {@link Pace} of the back end.
 */
final class AnswerEnd {

    private static final String CODEC = "codec";

    /** The decoder skips it before an answer, but an answer that it waits for the head of comes out, valid or not. */
    private static final byte[] HEAD_END = { HttpConstants.CR, HttpConstants.LF, HttpConstants.CR, HttpConstants.LF };

    /** The connection closes with the end of the answer; it would otherwise after so long. */
    private static final long SECONDS_TO_DELIVER = 1;

    private final HttpConnection connection;
    private final Pace.Meter meter;
    private final ChannelDuplexHandler bytes = new Bytes();
    private final ChannelDuplexHandler messages = new Messages();

    private ChannelHandlerContext decoded;
    private boolean asked;
    private boolean reading;
    private boolean isDecoded = true;
    private boolean informational;
    private LastHttpContent end;
    private boolean surplus;

    private AnswerEnd(HttpConnection connection, Pace.Meter meter) {
        this.connection = connection;
        this.meter = meter;
    }

    /** @param channel of the connection, which speaks HTTP/1 and has sent nothing yet */
    static void watch(HttpConnection connection, Channel channel, Pace pace) {
        AnswerEnd watched = new AnswerEnd(connection, pace.new Meter());
        channel.pipeline().addBefore(CODEC, "bytes", watched.bytes).addAfter(CODEC, "messages", watched.messages);
    }

    /** Few handlers, and of a kind that Netty calls directly: the compiler has to see through all of them. */
    private final class Bytes extends ChannelDuplexHandler {

        @Override
        public void channelRead(ChannelHandlerContext context, Object read) {
            if (!asked) {
                ReferenceCountUtil.release(read);
                context.close();
                return;
            }
            reading = true;
            int length = ((ByteBuf) read).readableBytes();
            if (isDecoded) {
                decode(context, (ByteBuf) read);
            } else {
                context.fireChannelRead(read);
            }
            if (end != null) {
                if (!isDecoded) {
                    context.fireChannelRead(Unpooled.wrappedBuffer(HEAD_END));
                }
                finish();
            }
            reading = false;
            meter.count(context, length);
        }

        /** A decoder that keeps nothing reads from this very buffer, and leaves in it what it can't decode yet. */
        private void decode(ChannelHandlerContext context, ByteBuf read) {
            read.retain();
            context.fireChannelRead(read);
            isDecoded = !read.isReadable();
            read.release();
        }

        private void finish() {
            LastHttpContent held = end;
            end = null;
            asked = false;
            isDecoded = true;
            if (surplus) {
                connection.shutdown(SECONDS_TO_DELIVER, TimeUnit.SECONDS);
            }
            decoded.fireChannelRead(held);
        }
    }

    private final class Messages extends ChannelDuplexHandler {

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            decoded = context;
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            asked |= message instanceof HttpRequest;
            context.write(message, promise);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (end != null) {
                surplus = true;
                ReferenceCountUtil.release(message);
                return;
            }
            if (message instanceof HttpResponse head) {
                informational = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            }
            if (reading && !informational && message instanceof LastHttpContent last) {
                end = last;
            } else {
                context.fireChannelRead(message);
            }
        }
    }
}
