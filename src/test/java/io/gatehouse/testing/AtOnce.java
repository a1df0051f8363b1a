package io.gatehouse.testing;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Work that is done at one time, each piece by a thread of its own. */
public final class AtOnce {

    /** Those of the common pool may be older than the application, and miss its classes. */
    public static final Executor THREADS = work -> new Thread(work).start();

    private AtOnce() {
    }

    /** What each came to, by its number. */
    public static <T> List<T> times(int times, IntFunction<T> work) {
        return all(IntStream.range(0, times).<Supplier<T>> mapToObj(number -> () -> work.apply(number)).toList());
    }

    /** What each came to, in their order. */
    public static <T> List<T> all(List<Supplier<T>> works) {
        return works.stream().map(work -> CompletableFuture.supplyAsync(work, THREADS)).toList().stream()
                .map(CompletableFuture::join).toList();
    }
}
