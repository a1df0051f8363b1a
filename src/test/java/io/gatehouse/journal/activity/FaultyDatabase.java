package io.gatehouse.journal.activity;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;

import io.agroal.api.AgroalDataSource;

/** A database that gives no connection while there is a reason. */
final class FaultyDatabase {

    private FaultyDatabase() {
    }

    /** @param reasons asked each time; null where there is none */
    static AgroalDataSource of(AgroalDataSource database, Supplier<Exception> reasons) {
        return (AgroalDataSource) Proxy.newProxyInstance(FaultyDatabase.class.getClassLoader(),
                new Class<?>[] { AgroalDataSource.class }, (proxy, method, arguments) -> {
                    Exception reason = method.getName().equals("getConnection") ? reasons.get() : null;
                    if (reason != null) {
                        throw reason;
                    }
                    try {
                        return method.invoke(database, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
