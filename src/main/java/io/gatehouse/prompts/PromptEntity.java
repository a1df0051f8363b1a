package io.gatehouse.prompts;

import java.util.List;

import com.fasterxml.jackson.core.type.TypeReference;

import io.gatehouse.platform.database.StoredJson;
import io.gatehouse.prompts.Prompt.Argument;
import io.gatehouse.prompts.Prompt.MessageTemplate;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "prompt")
class PromptEntity {

    private static final TypeReference<List<Argument>> ARGUMENTS = new TypeReference<>() {
    };
    private static final TypeReference<List<MessageTemplate>> MESSAGES = new TypeReference<>() {
    };

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;
    long serverId;
    int position;
    String name;
    String title;
    String description;
    String arguments;
    String messages;

    static PromptEntity of(long serverId, int position, Prompt prompt) {
        PromptEntity row = new PromptEntity();
        row.serverId = serverId;
        row.position = position;
        row.name = prompt.name();
        row.title = prompt.title();
        row.description = prompt.description();
        row.arguments = StoredJson.write(prompt.arguments());
        row.messages = StoredJson.write(prompt.messages());
        return row;
    }

    Prompt toPrompt() {
        return new Prompt(name, title, description, StoredJson.read(arguments, ARGUMENTS),
                StoredJson.read(messages, MESSAGES));
    }
}
