package io.gatehouse.platform.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.config.spi.ConfigSource;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;

/** Makes a master key for development, kept in the local data folder beside the data that it seals. */
@StaticInitSafe
public class DevelopmentKeySourceFactory implements ConfigSourceFactory {

    private static final String KEY = "gatehouse.master-key";
    private static final int ABOVE_APPLICATION_PROPERTIES = 260;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        ConfigValue given = context.getValue(KEY);
        if (given != null && given.getValue() != null || !context.getProfiles().contains("dev")) {
            return List.of();
        }
        Path file = Path.of(context.getValue("gatehouse.data.directory").getValue()).resolve("master-key");
        return List.of(new PropertiesConfigSource(Map.of(KEY, read(file)), "Gatehouse development key",
                ABOVE_APPLICATION_PROPERTIES));
    }

    private static String read(Path file) {
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, Vault.newMasterKey(), StandardOpenOption.CREATE_NEW);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The development key " + file + " can't be used", e);
        }
    }
}
