package dev.lion.examples;

import dev.lion.teacher.ChatModelGeneratorContract;
import dev.lion.teacher.ModelProtocol;

class OllamaGeneratorContractTest extends ChatModelGeneratorContract {
    @Override
    protected ModelProtocol protocol() {
        return new OllamaProtocol();
    }
}
