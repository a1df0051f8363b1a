package io.gatehouse.platform.telemetry;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.eclipse.microprofile.config.Config;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * The libraries of OpenTelemetry, which are not even loaded unless one of its own settings names an endpoint. They are
 * configured by its own settings alone.
 */
@Singleton
@RegisterForReflection(classNames = {
        "io.opentelemetry.exporter.otlp.internal.OtlpSpanExporterProvider",
        "io.opentelemetry.exporter.otlp.internal.OtlpMetricExporterProvider",
        "io.opentelemetry.exporter.sender.jdk.internal.JdkHttpSenderProvider",
        "io.opentelemetry.sdk.autoconfigure.EnvironmentResourceProvider" })
public class Telemetry {

    private static final String OWN = "otel.";
    private static final String ENDPOINT = "otel.exporter.otlp.endpoint";
    private static final int SECONDS_TO_FLUSH = 3;

    private final OpenTelemetrySdk sdk;
    private final Signals signals;

    @Inject
    Telemetry(Config config) {
        boolean traces = isSet(config, ENDPOINT) || isSet(config, "otel.exporter.otlp.traces.endpoint");
        boolean metrics = isSet(config, ENDPOINT) || isSet(config, "otel.exporter.otlp.metrics.endpoint");
        boolean disabled = config.getOptionalValue("otel.sdk.disabled", Boolean.class).orElse(false);
        if (disabled || !traces && !metrics) {
            sdk = null;
            signals = null;
            return;
        }
        sdk = AutoConfiguredOpenTelemetrySdk.builder().disableShutdownHook()
                .addPropertiesSupplier(() -> Map.of("otel.service.name", "gatehouse",
                        "otel.exporter.otlp.protocol", "http/protobuf",
                        "otel.traces.exporter", traces ? "otlp" : "none",
                        "otel.metrics.exporter", metrics ? "otlp" : "none",
                        "otel.logs.exporter", "none"))
                .addPropertiesCustomizer(known -> own(config))
                .addResourceCustomizer((resource, known) -> Resource.create(Attributes.of(
                        AttributeKey.stringKey("service.instance.id"), UUID.randomUUID().toString())).merge(resource))
                .build().getOpenTelemetrySdk();
        signals = new Signals(sdk);
    }

    private static boolean isSet(Config config, String name) {
        return config.getOptionalValue(name, String.class).isPresent();
    }

    /** From wherever settings come; those of the environment are found under their own names anyway. */
    private static Map<String, String> own(Config config) {
        Map<String, String> own = new HashMap<>();
        config.getPropertyNames().forEach(name -> {
            if (name.startsWith(OWN)) {
                config.getOptionalValue(name, String.class).ifPresent(value -> own.put(name, value));
            }
        });
        return own;
    }

    /** @return null where nothing is traced and measured */
    public Signals signals() {
        return signals;
    }

    @PreDestroy
    void close() {
        if (sdk != null) {
            sdk.shutdown().join(SECONDS_TO_FLUSH, TimeUnit.SECONDS);
        }
    }
}
