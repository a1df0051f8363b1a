package io.gatehouse.journal.siem;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import io.gatehouse.testing.SelfSigned;

/** A syslog server on loopback that takes nothing but what RFC 5424 and RFC 5425 allow. */
final class SyslogServer implements AutoCloseable {

    private static final Pattern MESSAGE = Pattern.compile(
            "<(?<pri>\\d{1,3})>1 (?<time>\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?Z) (?<host>[!-~]{1,255}) "
                    + "(?<app>[!-~]{1,48}) (?<proc>[!-~]{1,128}) (?<msgid>[!-~]{1,32}) "
                    + "\\[(?<sd>[!#-<>-\\\\^-~]{1,32}@\\d+) eventId=\"(?<id>[^\"\\\\\\]]+)\"] (?<msg>.*)",
            Pattern.DOTALL);

    /** One message by its parts. */
    record Message(int priority, String app, String type, String eventId, String text) {
    }

    final List<Message> messages = new CopyOnWriteArrayList<>();
    final List<String> faults = new CopyOnWriteArrayList<>();
    private final ServerSocket server;
    private final SSLSocketFactory sockets;
    /** So many connections are cut after their first message, by an end of TCP without one of TLS. */
    private volatile int cut;
    private volatile boolean silent;

    SyslogServer(SelfSigned identity) {
        try {
            sockets = identity.context().getSocketFactory();
            server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Thread thread = new Thread(this::accept, "syslog-server");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "tls://127.0.0.1:" + server.getLocalPort();
    }

    SyslogServer cuts(int connections) {
        cut = connections;
        return this;
    }

    /** It reads all, and then closes as {@link #cuts} does. */
    SyslogServer closesSilently() {
        silent = true;
        return this;
    }

    private void accept() {
        while (!server.isClosed()) {
            try (Socket plain = server.accept(); SSLSocket socket = (SSLSocket) sockets.createSocket(plain, null, 0, true)) {
                socket.setUseClientMode(false);
                read(socket, plain);
            } catch (IOException e) {
                // the next one may be better
            }
        }
    }

    private void read(SSLSocket socket, Socket plain) throws IOException {
        InputStream in = socket.getInputStream();
        for (int first = in.read(); first >= 0; first = in.read()) {
            messages.add(parse(new String(frame(in, first), StandardCharsets.UTF_8)));
            if (cut > 0) {
                cut--;
                plain.close();
                throw new IOException("cut");
            }
        }
        if (silent) {
            plain.close();
        }
    }

    /** RFC 5425, section 4.3: a length without leading zeros, a space, and so many octets. */
    private byte[] frame(InputStream in, int first) throws IOException {
        ByteArrayOutputStream digits = new ByteArrayOutputStream();
        for (int c = first; c != ' '; c = in.read()) {
            if (c < '0' || c > '9' || digits.size() == 0 && c == '0') {
                faults.add("no length: " + c);
                throw new IOException("no length");
            }
            digits.write(c);
        }
        int length = Integer.parseInt(digits.toString(StandardCharsets.US_ASCII));
        byte[] message = in.readNBytes(length);
        if (message.length < length) {
            throw new IOException("cut short");
        }
        return message;
    }

    private Message parse(String text) {
        Matcher parts = MESSAGE.matcher(text);
        if (!parts.matches()) {
            faults.add(text);
            return new Message(0, "", "", "", "");
        }
        return new Message(Integer.parseInt(parts.group("pri")), parts.group("app"), parts.group("msgid"), parts.group("id"),
                parts.group("msg"));
    }

    List<String> ids() {
        return new ArrayList<>(messages.stream().map(Message::eventId).toList());
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
