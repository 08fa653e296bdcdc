"""The schemas of docs/asyncapi.yaml, by name and by topic."""
import json
import re
import warnings

import jsonschema
import yaml


class Schemas:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.document = yaml.safe_load(file)
        with warnings.catch_warnings():
            # The resolver that Debian 12 has is called old by later versions.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.resolver = jsonschema.RefResolver("", self.document)
        self.known = self.document["components"]["schemas"]
        for schema in self.known.values():
            jsonschema.Draft202012Validator.check_schema(schema)

    def validator(self, name):
        return jsonschema.Draft202012Validator(
            {"$ref": f"#/components/schemas/{name}"}, resolver=self.resolver)

    def used_by_messages(self):
        messages = self.document["components"]["messages"].values()
        return {message["payload"]["$ref"].split("/")[-1] for message in messages}

    def name_of_topic(self, topic):
        """The schema of what is published on a topic, or None where there is no such topic."""
        for channel in self.document["channels"].values():
            pattern = re.sub(r"\{\w+\}", "[a-z0-9-]+", channel["address"])
            if not re.fullmatch(pattern, topic):
                continue
            messages = channel["messages"]
            kind = topic.split("/")[3]
            message = messages[kind] if len(messages) > 1 and kind in messages else None
            if message is None and len(messages) > 1:
                return None
            message = message or next(iter(messages.values()))
            name = message["$ref"].split("/")[-1]
            payload = self.document["components"]["messages"][name]["payload"]
            return payload["$ref"].split("/")[-1]
        return None

    def faults_of_message(self, topic, payload):
        """What is wrong with one published message: a list of sentences, empty when sound."""
        name = self.name_of_topic(topic)
        if name is None:
            return [f"there is no topic '{topic}'"]
        if name == "light":
            value = payload
        else:
            try:
                value = json.loads(payload)
            except ValueError as fault:
                return [f"{topic}: {fault}"]
        return [f"{topic}: {fault.json_path}: {fault.message[:200]}"
                for fault in self.validator(name).iter_errors(value)]
