package dev.lion.examples;

import dev.lion.teacher.ChatModelRefereeContract;
import dev.lion.teacher.ModelProtocol;

class OllamaRefereeContractTest extends ChatModelRefereeContract {
    @Override
    protected ModelProtocol protocol() {
        return new OllamaProtocol();
    }
}
