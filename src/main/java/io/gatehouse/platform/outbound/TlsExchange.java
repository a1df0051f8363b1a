package io.gatehouse.platform.outbound;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

import io.gatehouse.kernel.Problem;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;

/**
 * One delivery: everything is written, then the end is told, and the server's answer to that, which RFC 5425 (section 4.4)
 * demands, says that it has read it. Confined to the event loop that runs it.
 */
final class TlsExchange {

    private final Buffer bytes;
    private final boolean allowSilentClose;
    private final Promise<Void> outcome = Promise.promise();
    private NetSocket socket;
    private boolean told;
    private boolean confirmed;

    TlsExchange(Buffer bytes, boolean allowSilentClose) {
        this.bytes = bytes;
        this.allowSilentClose = allowSilentClose;
    }

    Future<Void> outcome() {
        return outcome.future();
    }

    void begin(NetSocket connected, SSLEngine engine) {
        socket = connected;
        if (outcome.future().isComplete()) {
            socket.close();
            return;
        }
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        SslHandler tls = new SslHandler(engine);
        ChannelPipeline pipeline = ((NetSocketInternal) socket).channelHandlerContext().pipeline();
        socket.exceptionHandler(this::end);
        pipeline.addFirst("tls", tls);
        tls.handshakeFuture().addListener(handshake -> {
            if (handshake.isSuccess()) {
                write(tls);
            } else {
                end(handshake.cause());
            }
        });
        tls.sslCloseFuture().addListener(closed -> {
            if (closed.isSuccess()) {
                confirm(pipeline.channel());
            }
        });
        socket.closeHandler(closed -> end(confirmed || told && allowSilentClose ? null
                : Problem.upstream("The destination closed the connection without close_notify, so nobody knows how much it "
                        + "has read", null)));
    }

    /**
     * A server that goes away in order says the end too, whatever it has not read; then its connection is reset. So it counts
     * when the connection ends without that.
     */
    private void confirm(Channel channel) {
        if (told) {
            confirmed = true;
            ((DuplexChannel) channel).shutdownOutput();
        } else {
            end(Problem.upstream("The destination ended the connection early", null));
        }
    }

    private void write(SslHandler tls) {
        socket.write(bytes).onSuccess(written -> {
            told = true;
            tls.closeOutbound();
        }).onFailure(this::end);
    }

    /** @param why null where all is well */
    void end(Throwable why) {
        if (why == null) {
            outcome.tryComplete();
        } else {
            outcome.tryFail(why);
        }
        if (socket != null) {
            socket.close();
        }
    }
}
