package io.gatehouse.prompts;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.gatehouse.kernel.Faults;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * The door to the prompts of servers. Works in the caller's session or transaction; the caller has checked that it may,
 * and announces what it changes.
 */
@Singleton
public class Prompts {

    private final PromptStore store;

    @Inject
    Prompts(PromptStore store) {
        this.store = store;
    }

    /** Notes what is wrong with a server's prompts, by fields such as {@code prompts.0.messagesTemplate.2.mimeType}. */
    public void check(List<Prompt> prompts, Faults faults) {
        new PromptRules(faults).check(prompts);
    }

    public Uni<List<Prompt>> of(long serverId) {
        return of(List.of(serverId)).map(prompts -> prompts.get(serverId));
    }

    /** With an entry for each of the servers. */
    public Uni<Map<Long, List<Prompt>>> of(Collection<Long> serverIds) {
        return store.of(serverIds).map(rows -> {
            Map<Long, List<Prompt>> found = rows.stream().collect(Collectors.groupingBy(row -> row.serverId,
                    Collectors.mapping(PromptEntity::toPrompt, Collectors.toUnmodifiableList())));
            return serverIds.stream().distinct()
                    .collect(Collectors.toMap(Function.identity(), id -> found.getOrDefault(id, List.of())));
        });
    }

    /** Gives a server these prompts in the place of those that it had. */
    public Uni<Void> replace(long serverId, List<Prompt> prompts) {
        return store.replace(serverId, IntStream.range(0, prompts.size())
                .mapToObj(i -> PromptEntity.of(serverId, i, prompts.get(i))).toList());
    }
}
