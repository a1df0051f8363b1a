package io.gatehouse.platform.telemetry;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Tracer;

/** What is traced, and what is measured by the conventions for MCP. */
public final class Signals {

    public static final AttributeKey<String> METHOD = AttributeKey.stringKey("mcp.method.name");
    public static final AttributeKey<String> TOOL = AttributeKey.stringKey("gen_ai.tool.name");
    public static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
    public static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    public static final AttributeKey<String> RPC_STATUS = AttributeKey.stringKey("rpc.response.status_code");
    public static final AttributeKey<String> TRANSPORT = AttributeKey.stringKey("network.transport");
    public static final AttributeKey<String> PROTOCOL = AttributeKey.stringKey("network.protocol.name");
    public static final String CALL_TOOL = "tools/call";
    public static final String EXECUTE_TOOL = "execute_tool";

    static final AttributeKey<String> SERVER = AttributeKey.stringKey("server.address");
    static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");

    private static final String SCOPE = "io.gatehouse";
    private static final List<Double> SECONDS = List.of(0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1d, 2d, 5d, 10d, 30d, 60d, 120d,
            300d);
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Tracer tracer;
    private final DoubleHistogram served;
    private final DoubleHistogram called;

    public Signals(OpenTelemetry telemetry) {
        this.tracer = telemetry.getTracer(SCOPE);
        Meter meter = telemetry.getMeter(SCOPE);
        this.served = histogram(meter, "mcp.server.operation.duration", "Requests to MCP servers of Gatehouse");
        this.called = histogram(meter, "mcp.client.operation.duration", "Requests of Gatehouse to other MCP servers");
    }

    private static DoubleHistogram histogram(Meter meter, String name, String description) {
        return meter.histogramBuilder(name).setUnit("s").setDescription(description)
                .setExplicitBucketBoundariesAdvice(SECONDS).build();
    }

    public Tracer tracer() {
        return tracer;
    }

    public void served(long nanos, Attributes attributes) {
        served.record(nanos / NANOS, attributes);
    }

    void called(long nanos, Attributes attributes) {
        called.record(nanos / NANOS, attributes);
    }
}
