package io.gatehouse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.gatehouse.journal.chain.ChainRow;
import io.gatehouse.journal.chain.ChainRows;
import io.gatehouse.journal.chain.Expectations;
import io.gatehouse.journal.chain.ExportFile;
import io.gatehouse.journal.chain.TrustedKeys;
import io.gatehouse.journal.chain.Verification;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;

/**
 * Tells whether the audit trail is as it was written: that of the database, or that of an exported file, for which nothing
 * else is needed. Ends with 0 when all is well, with 1 when it is not, and with 2 when it could not be read.
 */
class VerifyAudit implements QuarkusApplication {

    static final String NAME = "verify-audit";
    private static final String USAGE = "verify-audit [FILE] [--keys JWKS-FILE]... [--expect WORKSPACE:SEQ:HASH|FILE]...";

    private final ChainRows rows;

    @Inject
    VerifyAudit(ChainRows rows) {
        this.rows = rows;
    }

    /** What is asked for; without keys, those that come with the entries are believed. */
    private record Request(Path file, List<String> keys, List<String> expected) {

        static Request of(String... args) throws IOException {
            Path file = null;
            List<String> keys = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (int i = 1; i < args.length; i++) {
                boolean isOption = args[i].startsWith("--");
                if (isOption && (i + 1 == args.length || !args[i].equals("--keys") && !args[i].equals("--expect"))
                        || !isOption && file != null) {
                    throw new IllegalArgumentException(USAGE);
                }
                if (args[i].equals("--keys")) {
                    keys.addAll(ExportFile.keys(ExportFile.parse(Files.readString(Path.of(args[++i])))));
                } else if (args[i].equals("--expect")) {
                    expected.add(args[++i]);
                } else {
                    file = Path.of(args[i]);
                }
            }
            return new Request(file, keys, expected);
        }

        Verification verification(List<String> found, Consumer<String> out) {
            if (keys.isEmpty()) {
                out.accept("The checkpoints are verified with keys that come with them; --keys names keys kept elsewhere.");
            }
            TrustedKeys trusted = new TrustedKeys(keys.isEmpty() ? found : keys);
            try {
                return new Verification(trusted, Expectations.of(expected, trusted), out);
            } catch (IOException e) {
                throw new IllegalArgumentException(e.toString(), e);
            }
        }
    }

    /** Whether these arguments of the application name a file. */
    static boolean isOfFile(String... args) {
        try {
            return args.length > 1 && args[0].equals(NAME) && Request.of(args).file != null;
        } catch (IOException | IllegalArgumentException e) {
            return true;
        }
    }

    /** Verifies a file; needs no settings, and nothing of the application that is started. */
    static int ofFile(Consumer<String> out, String... args) {
        try {
            Request request = Request.of(args);
            Verification[] verification = new Verification[1];
            ExportFile.read(request.file, keys -> {
                verification[0] = request.verification(keys, out);
                return (ChainRow row) -> verification[0].accept(row);
            });
            return verification[0].end() ? 0 : 1;
        } catch (IOException | RuntimeException e) {
            out.accept("It can't be read: " + e.getMessage());
            return 2;
        }
    }

    @Override
    public int run(String... args) {
        try {
            Request request = Request.of(args);
            return VertxContextSupport.subscribeAndAwait(() -> rows.read((keys, found) -> {
                Verification verification = request.verification(keys, System.out::println);
                return found.invoke(verification::accept).collect().last()
                        .chain(() -> Uni.createFrom().item(verification.end() ? 0 : 1));
            }));
        } catch (Throwable e) {
            System.out.println("It can't be read: " + e.getMessage());
            return 2;
        }
    }
}
