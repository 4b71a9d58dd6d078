// What a finished call of interest comes to.
#include <algorithm>

#include "python/call_reader.h"

namespace slim::python {
namespace {

// "Flask[async]>=2.0" -> "Flask"
std::string_view requirement_name(std::string_view text) {
  const auto stop = std::find_if_not(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
  return text.substr(0, static_cast<std::size_t>(stop - text.begin()));
}

}  // namespace

const Argument* CallReader::argument(const Call& call, std::size_t position, std::string_view keyword) {
  for (const Argument& each : call.arguments) {
    if (!each.keyword.empty() && each.keyword == keyword) return &each;
  }
  if (position >= call.arguments.size() || !call.arguments[position].keyword.empty()) return nullptr;
  return &call.arguments[position];
}

void CallReader::finish(Call& call) {
  while (!call.arguments.empty() && call.arguments.back().form == Argument::Form::empty) {
    call.arguments.pop_back();  // a trailing comma
  }
  switch (call.kind) {
    case CallKind::import_module:
    case CallKind::dunder_import:
      finish_import(call);
      break;
    case CallKind::metadata:
      finish_metadata(call);
      break;
    case CallKind::service:
      finish_service(call);
      break;
    case CallKind::none:
    case CallKind::path:
      break;
  }
}

void CallReader::finish_import(const Call& call) {
  using Form = Argument::Form;
  DynamicImport found;
  found.line = call.line;
  found.nesting = call.nesting;
  const Argument* name = argument(call, 0, "name");
  std::string text;
  if (name != nullptr && (name->form == Form::literal || name->form == Form::prefix)) {
    const bool whole = name->form == Form::literal;
    text = name->text;
    found.of_own_name = name->own;
    found.form = whole ? DynamicImport::Form::literal : DynamicImport::Form::prefix;
    if (!whole && text.empty()) found.form = DynamicImport::Form::unknown;
  }
  if (call.kind == CallKind::dunder_import) {
    const Argument* level = argument(call, 4, "level");
    if (level != nullptr && level->form == Form::number && level->text != "0" && level->text.size() == 1) {
      text.insert(0, static_cast<std::size_t>(level->text[0] - '0'), '.');
    }
  } else if (const Argument* package = argument(call, 1, "package"); package != nullptr) {
    if (package->form == Form::literal && !package->own) found.package = facts_.add(package->text);
  }
  found.relative = !found.of_own_name && text.starts_with('.');
  found.name = facts_.add(text);
  facts_.facts.dynamic_imports.push_back(found);
}

void CallReader::finish_metadata(const Call& call) {
  using Form = Argument::Form;
  MetadataUse use;
  use.line = call.line;
  use.nesting = call.nesting;
  use.what = call.metadata == MetadataKind::entry_points   ? MetadataUse::What::entry_points
             : call.metadata == MetadataKind::distribution ? MetadataUse::What::distribution
                                                           : MetadataUse::What::anything;
  const auto push = [&](const Argument* of) {
    use.is_literal = of != nullptr && of->form == Form::literal && !of->own;
    use.of_own_name = of != nullptr && of->form == Form::own;
    use.text = use.is_literal ? facts_.add(requirement_name(of->text)) : Text{};
    facts_.facts.metadata.push_back(use);
  };
  if (call.method == "require" && !call.arguments.empty()) {
    for (const Argument& each : call.arguments) push(&each);
    return;
  }
  const Argument* asked = nullptr;
  if (use.what == MetadataUse::What::entry_points) {
    asked = argument(call, 0, "group");
  } else {
    asked = argument(call, 0, "distribution_name");
    if (asked == nullptr) asked = argument(call, 0, "name");
    if (asked == nullptr) asked = argument(call, 0, "dist");
  }
  push(asked);
}

void CallReader::finish_service(const Call& call) {
  ServiceUse use;
  use.line = call.line;
  use.receiver = facts_.add(call.receiver);
  use.method = facts_.add(call.method);
  const Argument* service = argument(call, 0, "service_name");
  if (service == nullptr) service = argument(call, 0, "serviceName");
  use.is_literal = service != nullptr && service->form == Argument::Form::literal && !service->own;
  if (use.is_literal) use.service = facts_.add(service->text);
  facts_.facts.services.push_back(use);
}

}  // namespace slim::python
