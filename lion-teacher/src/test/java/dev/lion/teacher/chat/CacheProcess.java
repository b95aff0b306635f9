package dev.lion.teacher.chat;

import static dev.lion.teacher.chat.CountingModel.reply;
import static dev.lion.teacher.chat.CountingModel.request;

import dev.langchain4j.data.message.UserMessage;
import dev.lion.teacher.chat.CachingChatModel.Statistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that asks many questions through a cache, once another one is ready to do the same. */
final class CacheProcess {
    private CacheProcess() {}

    /** Arguments: the cache, this process's sign that it is ready, the other's, how many questions. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int questions = Integer.parseInt(args[3]);
        var model = new CountingModel(
                r -> reply("about " + ((UserMessage) r.messages().get(0)).singleText()));
        Files.createFile(Path.of(args[1]));
        while (!Files.exists(Path.of(args[2]))) {
            Thread.sleep(1);
        }
        try (var cache = CachingChatModel.open(model, Path.of(args[0]))) {
            for (int i = 0; i < questions; i++) {
                String text = cache.chat(request("question " + i)).aiMessage().text();
                if (!text.equals("about question " + i)) {
                    throw new IllegalStateException("question " + i + " was answered " + text);
                }
            }
            Statistics statistics = cache.statistics();
            System.out.println(statistics.hits() + " " + statistics.misses() + " " + statistics.failures());
        }
    }
}
