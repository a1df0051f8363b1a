package io.gatehouse.platform.database;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.config.spi.ConfigSource;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;

/**
 * Configures the data source from {@code gatehouse.database.url}; where that is absent in the development and test
 * profiles, from an embedded PostgreSQL which is started on the spot.
 */
@StaticInitSafe
public class DatabaseConfigSourceFactory implements ConfigSourceFactory {

    private static final int ABOVE_APPLICATION_PROPERTIES = 260;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        String url = value(context, "gatehouse.database.url");
        boolean isDevelopment = context.getProfiles().contains("dev");
        if (url == null && (isDevelopment || context.getProfiles().contains("test"))) {
            url = EmbeddedDatabase.url(Path.of(value(context, "gatehouse.data.directory")), isDevelopment);
        }
        Map<String, String> settings = url == null ? Map.of() : DatabaseSettings.of(url);
        return List.of(new PropertiesConfigSource(settings, "Gatehouse database", ABOVE_APPLICATION_PROPERTIES));
    }

    private static String value(ConfigSourceContext context, String name) {
        ConfigValue value = context.getValue(name);
        return value == null || value.getValue() == null || value.getValue().isBlank() ? null : value.getValue();
    }
}
