package dev.lion.examples;

import dev.lion.teacher.ChatModelTeacherContract;
import dev.lion.teacher.ModelProtocol;

class OllamaTeacherContractTest extends ChatModelTeacherContract {
    @Override
    protected ModelProtocol protocol() {
        return new OllamaProtocol();
    }
}
