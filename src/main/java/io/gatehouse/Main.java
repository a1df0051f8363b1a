package io.gatehouse;

import java.util.Map;
import java.util.Optional;

import io.gatehouse.platform.RequiredSettings;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * Starts Gatehouse, or does one thing and ends: {@code admin-token} prints a new administrator's management token,
 * {@code reseal} puts all secrets under the present master key.
 */
@QuarkusMain
public class Main {

    private static final Map<String, Class<? extends QuarkusApplication>> COMMANDS = Map.of("admin-token", AdminToken.class,
            "reseal", Reseal.class);

    public static void main(String... args) {
        Optional<String> fault = RequiredSettings.fault();
        if (fault.isPresent()) {
            System.err.println("Gatehouse does not start: " + fault.get());
            System.exit(1);
        }
        if (args.length == 1 && COMMANDS.containsKey(args[0])) {
            System.setProperty("quarkus.http.host-enabled", "false");
            System.setProperty("quarkus.management.host-enabled", "false");
            System.setProperty("quarkus.log.level", "WARN");
            Quarkus.run(COMMANDS.get(args[0]), args);
        } else {
            Quarkus.run(args);
        }
    }
}
