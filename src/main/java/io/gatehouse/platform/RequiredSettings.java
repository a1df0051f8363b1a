package io.gatehouse.platform;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.gatehouse.platform.database.DatabaseSettings;
import io.gatehouse.platform.secrets.Vault;

/**
 * The settings without which a packaged application does not start; in development the embedded database and a local key
 * stand in. They come from the environment or from system properties.
 */
public final class RequiredSettings {

    private record Setting(String variable, String property, Consumer<String> check) {
    }

    private static final List<Setting> SETTINGS = List.of(
            new Setting("GATEHOUSE_DATABASE_URL", "gatehouse.database.url", DatabaseSettings::of),
            new Setting("GATEHOUSE_MASTER_KEY", "gatehouse.master-key", Vault::decode),
            new Setting("GATEHOUSE_PUBLIC_URL", "gatehouse.public-url", RequiredSettings::checkUrl));

    /** On the class path in development and tests, in no package. */
    private static final String EMBEDDED_DATABASE = "/io/zonky/test/db/postgres/embedded/EmbeddedPostgres.class";

    private RequiredSettings() {
    }

    /** The first fault as one line that names the setting; never shows a value. */
    public static Optional<String> fault() {
        if (RequiredSettings.class.getResource(EMBEDDED_DATABASE) != null) {
            return Optional.empty();
        }
        for (Setting setting : SETTINGS) {
            String value = System.getProperty(setting.property(), System.getenv(setting.variable()));
            if (value == null || value.isBlank()) {
                return Optional.of("the setting " + setting.variable() + " is missing");
            }
            try {
                setting.check().accept(value);
            } catch (IllegalArgumentException e) {
                return Optional.of("the setting " + setting.variable() + " is wrong: " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    private static void checkUrl(String url) {
        String scheme = URI.create(url).getScheme();
        if (!"https".equals(scheme) && !"http".equals(scheme) || URI.create(url).getHost() == null) {
            throw new IllegalArgumentException("not an http or https URL");
        }
    }
}
