package io.gatehouse.journal.siem;

import java.util.Map;

/** What somebody wants of a destination; null for what is left out. Secrets that are {@link #MASKED} stay. */
public record NewDestination(String name, String kind, Boolean enabled, String url, String token, String username,
        String password, Map<String, String> headers, String index, String sourceType, Boolean gzip, String caCertificate,
        Boolean allowSilentClose, Boolean activity, Boolean audit, String level) {

    public static final String MASKED = "******";

    @Override
    public String toString() {
        return "NewDestination";
    }
}
