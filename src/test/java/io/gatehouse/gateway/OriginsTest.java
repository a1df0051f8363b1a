package io.gatehouse.gateway;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.platform.PublicUrl;

/** Which origins are ours. */
class OriginsTest {

    private final Origins origins = new Origins(new PublicUrl("https://Gatehouse.example.com:443/base"),
            Optional.of(List.of("http://localhost:6274/", " https://Inspector.example.com", "app://local")));

    @ParameterizedTest
    @ValueSource(strings = { "https://gatehouse.example.com", "http://localhost:6274", "https://inspector.example.com",
            "app://local" })
    void allowsWhatBrowsersMakeOfTheSettings(String origin) {
        assertTrue(origins.allow(origin));
    }

    @ParameterizedTest
    @ValueSource(strings = { "null", "", "http://gatehouse.example.com", "https://gatehouse.example.com:8443",
            "https://gatehouse.example.com.evil.test", "http://localhost", "http://localhost:62740", "https://example.com" })
    void allowsNoOther(String origin) {
        assertFalse(origins.allow(origin));
    }
}
