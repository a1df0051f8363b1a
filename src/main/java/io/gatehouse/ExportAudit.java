package io.gatehouse;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

import io.gatehouse.journal.chain.ChainRows;
import io.gatehouse.journal.chain.ExportFile;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;

/** Prints the whole audit trail as a file that {@link VerifyAudit} reads anywhere. */
class ExportAudit implements QuarkusApplication {

    static final String NAME = "export-audit";

    private final ChainRows rows;

    @Inject
    ExportAudit(ChainRows rows) {
        this.rows = rows;
    }

    @Override
    public int run(String... args) {
        try (PrintStream out = new PrintStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false,
                StandardCharsets.UTF_8)) {
            long count = VertxContextSupport.subscribeAndAwait(() -> rows.read((keys, found) -> {
                out.print(ExportFile.head(keys) + '\n');
                return found.invoke(row -> out.print(ExportFile.line(row) + '\n')).collect()
                        .with(Collectors.counting());
            }));
            out.print(ExportFile.end(count) + '\n');
            out.flush();
            return out.checkError() ? 2 : 0;
        } catch (Throwable e) {
            System.err.println("The audit trail can't be read: " + e.getMessage());
            return 2;
        }
    }
}
