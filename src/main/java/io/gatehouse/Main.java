package io.gatehouse;

import java.util.Optional;

import io.gatehouse.platform.RequiredSettings;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts Gatehouse, or with the argument {@code admin-token} prints a new administrator's management token and ends. */
@QuarkusMain
public class Main {

    private static final String ADMIN_TOKEN = "admin-token";

    public static void main(String... args) {
        Optional<String> fault = RequiredSettings.fault();
        if (fault.isPresent()) {
            System.err.println("Gatehouse does not start: " + fault.get());
            System.exit(1);
        }
        if (args.length == 1 && args[0].equals(ADMIN_TOKEN)) {
            System.setProperty("quarkus.http.host-enabled", "false");
            System.setProperty("quarkus.management.host-enabled", "false");
            System.setProperty("quarkus.log.level", "WARN");
            Quarkus.run(AdminToken.class, args);
        } else {
            Quarkus.run(args);
        }
    }
}
