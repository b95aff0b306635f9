package dev.lion.teacher;

import dev.langchain4j.model.chat.ChatModel;
import dev.lion.teacher.chat.DependableChatModel;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Teacher, referee and generator, as in the paper one model under three prompts, or several models. Safe for use from
 * several threads.
 *
 * @param teacher answers
 * @param referee judges
 * @param generator invents instructions
 */
public record ChatModelRoles(ChatModelTeacher teacher, ChatModelReferee referee, ChatModelGenerator generator) {
    public ChatModelRoles {
        Objects.requireNonNull(teacher, "teacher");
        Objects.requireNonNull(referee, "referee");
        Objects.requireNonNull(generator, "generator");
    }

    /**
     * All three from one model, with the default settings, sharing one {@link DependableChatModel} around it: their calls keep
     * together to what the provider bears. Build the model with {@code maxRetries(0)}.
     */
    public static ChatModelRoles of(ChatModel model) {
        ChatModel shared = DependableChatModel.of(model);
        return new ChatModelRoles(
                ChatModelTeacher.of(shared), ChatModelReferee.of(shared), ChatModelGenerator.of(shared));
    }

    /** Names, versions and hashes of all prompts by what they are for, sorted: for the run manifest. */
    public Map<String, String> fingerprints() {
        Map<String, String> all = new TreeMap<>(teacher.fingerprints());
        all.putAll(referee.fingerprints());
        all.putAll(generator.fingerprints());
        return Collections.unmodifiableMap(all);
    }
}
