package io.gatehouse;

import java.util.Map;
import java.util.Optional;

import io.gatehouse.platform.RequiredSettings;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * Starts Gatehouse, or does one thing and ends: {@code admin-token} prints a new administrator's management token,
 * {@code reseal} puts all secrets under the present master key, {@code export-audit} prints the audit trail and
 * {@code verify-audit} tells whether it is as it was written.
 */
@QuarkusMain
public class Main {

    private static final Map<String, Class<? extends QuarkusApplication>> COMMANDS = Map.of("admin-token", AdminToken.class,
            "reseal", Reseal.class, ExportAudit.NAME, ExportAudit.class, VerifyAudit.NAME, VerifyAudit.class);

    /** When even the database can't be reached. */
    private static final int UNREADABLE = 2;

    public static void main(String... args) {
        if (VerifyAudit.isOfFile(args)) {
            System.exit(VerifyAudit.ofFile(System.out::println, args));
        }
        Optional<String> fault = RequiredSettings.fault();
        if (fault.isPresent()) {
            System.err.println("Gatehouse does not start: " + fault.get());
            System.exit(1);
        }
        if (args.length >= 1 && COMMANDS.containsKey(args[0])) {
            System.setProperty("quarkus.http.host-enabled", "false");
            System.setProperty("quarkus.management.host-enabled", "false");
            System.setProperty("quarkus.scheduler.enabled", "false");
            System.setProperty("quarkus.log.level", "WARN");
            System.setProperty("quarkus.log.console.stderr", Boolean.toString(args[0].equals(ExportAudit.NAME)));
            run(args);
        } else {
            Quarkus.run(args);
        }
    }

    private static void run(String... args) {
        if (args[0].endsWith("-audit")) {
            Quarkus.run(COMMANDS.get(args[0]), (code, failure) -> System.exit(failure == null ? code : UNREADABLE), args);
        } else {
            Quarkus.run(COMMANDS.get(args[0]), args);
        }
    }
}
