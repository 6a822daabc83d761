"""Names of fields of the APIs and of their dialects, and the words that stand in them: what programs write, not persons or models."""

FIELDS = frozenset(
    """
    accepted_prediction_tokens acknowledged_safety_checks action actions added_tokens additionalProperties allOf allowed_callers
    allowed_domains allowed_tools annotation annotation_index annotations anyOf approval_request_id approve approximate arguments
    attributes audio audio_tokens authorization background best_of button bytes cached_tokens cached_tokens_details call_id
    caller categories category_scores chat_template_kwargs choices citations city code command commands compact_threshold
    completed_at completion_time completion_tokens completion_tokens_details connector_id const container container_id content
    content_filter_offsets content_filter_results content_filters content_index context context_management conversation cost
    cost_details country created created_at created_by custom custom_blocklists data default defer_loading definition
    definitions deleted delta description detail detected developer dimensions display_height display_width domain echo effort
    embedding encoding_format encrypted_content end_index enum env environment error estimated_cost eval_count eval_duration
    event examples execution exit_code expires_at external_web_access file file_data file_id file_ids file_url filename
    filtered filters fingerprint finish_reason first_id flagged format frequency_penalty function function_call functions
    grammar has_more hate headers id image image_tokens image_url include include_obfuscation include_usage incomplete_details
    index indirect_attack input input_audio input_schema input_tokens input_tokens_details instructions is_byok item item_id
    items jailbreak json_schema key keys kwargs label last_id limit load_duration logit_bias logprob logprobs logs matched_stop
    max_completion_tokens max_length max_num_results max_output_tokens max_tokens max_tool_calls maximum mcp media_type message
    messages metadata min_p min_tokens minimum modalities mode model models moderation n name native_finish_reason not nullable
    obfuscation object offset oneOf operation order outcome output output_format output_index output_schema output_text
    output_tokens output_tokens_details outputs owned_by parallel_tool_calls param parameters parent parsed parsed_arguments
    part partial_image_b64 partial_image_index partial_images path pattern pending_safety_checks permission phase
    prediction presence_penalty previous_response_id profanity prompt prompt_cache_hit_tokens prompt_cache_key
    prompt_cache_miss_tokens prompt_cache_retention prompt_embeds prompt_eval_count prompt_eval_duration prompt_filter_results
    prompt_index prompt_logprobs prompt_time prompt_token_ids prompt_tokens prompt_tokens_details properties protected_material_code
    protected_material_text provider quality queries query queue_time ranker ranking_options read_only reason reasoning
    reasoning_content reasoning_effort reasoning_tokens refusal region rejected_prediction_tokens repetition_penalty
    require_approval required response response_format response_id result results revised_prompt role root safety_identifier
    schema score score_threshold scores search_context_size seed self_harm sequence_number server_description server_label
    server_url service_tier severity sexual size source sources start_index starting_after status stderr stdout stop
    stop_reason store stream stream_options strict suffix summary summary_index summary_tokens system_fingerprint temperature
    text text_offset text_tokens timeout_ms timezone title token token_ids token_logprobs tokens tool_call_id tool_calls
    tool_choice tool_names tool_usage tools top_k top_logprobs top_p total_duration total_time total_tokens transcript
    truncation type uniqueItems url url_citation usage user user_location value values variables vector_store_ids verbosity
    version violence voice web_search web_search_options working_directory x_groq
    """.split()  # noqa: SIM905 - a list to be read
)
"""Others are looked through, and stay out of the places in the log."""

WORDS = frozenset(
    """
    abort additional_tools apply_patch apply_patch_call apply_patch_call_output array assistant auto batch boolean cancelled
    chat.completion chat.completion.chunk code_interpreter code_interpreter_call command completed computer_call
    computer_call_output computer_screenshot computer_use_preview container_file_citation content_filter custom
    custom_tool_call custom_tool_call_output default developer embedding end_turn eos eos_token error failed file
    file_citation file_path file_search file_search_call find_in_page flex function function_call function_call_output
    generating image image_generation image_generation_call image_url in_progress incomplete input_audio input_file
    input_image input_text integer interpreting ipython item_reference json_object json_schema length list load local_shell
    local_shell_call local_shell_call_output max_tokens mcp mcp_approval_request mcp_approval_response mcp_call
    mcp_list_tools message model model_length model_permission null number object on_demand open_page output_text priority
    provisioned queued reasoning reasoning_text refusal response scale search searching shell_call shell_call_output standard
    stop stop_sequence string summary_text system text text_completion thinking tool tool_calls tool_use unload url_citation
    user web_search web_search_call web_search_preview
    """.split()  # noqa: SIM905 - a list to be read
)
"""Values of `WORDED` that need no look."""

WORDED = frozenset(
    {"finish_reason", "native_finish_reason", "object", "role", "service_tier", "severity", "status", "type"}
)
"""Fields that hold one of a few words."""

MARKED = frozenset(
    {
        "call_id",
        "id",
        "item_id",
        "model",
        "owned_by",
        "previous_response_id",
        "response_id",
        "system_fingerprint",
        "tool_call_id",
    }
)
"""Fields that hold a mark which a program made up, at random for the most part."""

TIMES = frozenset({"completed_at", "created", "created_at", "expires_at"})
"""Fields that hold seconds since 1970."""

SEVERITIES = frozenset({"high", "low", "medium", "safe"})
