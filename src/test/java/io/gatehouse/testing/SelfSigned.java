package io.gatehouse.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A key, and a certificate that nobody else has signed. */
public final class SelfSigned {

    private static final String ALIAS = "a";
    private static final String PASSWORD = "changeit";

    private final KeyStore keys;

    /** @param name of a server, as a {@code SubjectAlternativeName}: {@code ip:127.0.0.1} or {@code dns:logs.example} */
    public SelfSigned(Path folder, String name) {
        try {
            Path file = Files.createTempDirectory(folder, "tls").resolve("key.p12");
            Process made = new ProcessBuilder(System.getProperty("java.home") + "/bin/keytool", "-genkeypair", "-alias", ALIAS,
                    "-keyalg", "EC", "-dname", "CN=x", "-ext", "san=" + name, "-storetype", "PKCS12", "-keystore",
                    file.toString(), "-storepass", PASSWORD).redirectErrorStream(true).start();
            made.getInputStream().readAllBytes();
            made.waitFor();
            keys = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** In PEM. */
    public String certificate() {
        try {
            return pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In PEM. */
    public String key() {
        try {
            return pem("PRIVATE KEY", keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of a server that shows the certificate. */
    public SSLContext context() {
        try {
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END " + kind
                + "-----\n";
    }
}
