package io.gatehouse.contract.oauth;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import io.gatehouse.api.Dialect;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;

/** Every endpoint of the management API as the code declares it, also those that no document shows. */
final class ManagementEndpoints {

    private ManagementEndpoints() {
    }

    /** Each as a method and a path, such as {@code GET /v1/tools}. */
    static TreeSet<String> all() {
        return new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.gatehouse").stream().filter(type -> type.isAnnotatedWith(Path.class))
                .flatMap(type -> Arrays.stream(type.reflect().getDeclaredMethods())).map(ManagementEndpoints::endpoint)
                .filter(Objects::nonNull).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String endpoint(Method method) {
        String verb = Arrays.stream(method.getAnnotations()).map(Annotation::annotationType)
                .map(type -> type.getAnnotation(HttpMethod.class)).filter(Objects::nonNull).map(HttpMethod::value)
                .findFirst().orElse(null);
        String path = path(method.getDeclaringClass().getAnnotation(Path.class)) + path(method.getAnnotation(Path.class));
        return verb == null || Dialect.of(path) == null ? null : verb + " " + path;
    }

    private static String path(Path path) {
        return path == null ? "" : path.value().startsWith("/") ? path.value() : "/" + path.value();
    }
}
