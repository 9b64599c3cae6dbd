#version 330
// Skin with blood in it, hair, wet eyes, and the tears that run down.
#pragma include "lib/flesh.glsl"
#pragma include "lib/dissolve.glsl"
#pragma include "lib/fade.glsl"
in vec3 v_rest;
in vec3 v_point;
in vec3 v_normal;
in vec3 v_head;
in vec4 v_nature;        // shade, behind the hairline, eyeball, inside of the mouth
in float v_look;
in float v_front;        // how far the skin looks out of the hood
flat in vec4 v_person;   // robe colour, phase
flat in vec4 v_face;     // linen, age, woman, beard
flat in vec3 v_across;
flat in vec4 v_eyes;
flat in float v_share;
in float v_height;        // above the person's floor at rest, metres
out vec4 color;

// A light mirrored by a thread of water: how well the thread lies across its half vector, and how
// near this place is to the line on it that shows the light (after Kajiya and Kay 1989).
vec2 on_thread(vec3 half_way, vec3 along, vec3 across, float aside) {
    float slant = dot(half_way, along);
    float line = dot(half_way, across) * inversesqrt(max(1.0 - slant * slant, 1e-3)), off = (aside - line) / 0.36;
    return vec2(pow(max(1.0 - slant * slant, 0.0), 3.0), exp(-off * off));
}

void main() {
    dissolve_discard(v_rest);
    if (faded(v_share, v_height)) discard;
    if (v_point.z < u_clip) discard;
    vec3 from = eye();
    vec3 to = from - v_point;
    float range = length(to), seed = v_person.a;
    vec3 v = to / range, h = v_head;
    float fine = 1.0 - smoothstep(1.2, 4.0, range);
    Surface s;
    vec3 n = normalize(v_normal), mirror = n;
    // Beside the corners of a closed mouth its inside is no hollow.
    float corner = smoothstep(2.0, 2.3, abs(h.x)) * smoothstep(0.0, 0.04, v_nature.w) * (1.0 - v_look);
    vec3 cheek = sign(h.x) * 0.65 * v_across + cross(vec3(0.0, 0.0, 1.0), v_across) - vec3(0.0, 0.0, 0.35);
    s.normal = normalize(mix(n, normalize(cheek), corner));
    s.ao = mix(v_nature.x, max(v_nature.x, 0.92), corner);
    s.glow = vec3(0.0);
    s.thin = 0.2;
    float behind = v_nature.y * 8.0 - 0.5, shine = 0.0;
    float front = mix(v_front, max(v_front, 0.85), corner), near = 0.0, water = 0.0, aside = 0.0, halo = 0.0, drops = 0.0;
    vec2 dome = vec2(0.0);
    float spark = 0.0, near_by = 1.0 - smoothstep(3.0, 7.0, range), afar = 1.0 - smoothstep(9.0, 16.0, range);
    if (v_nature.z > 0.75) {
        s.albedo = eyeball(s, h, v_eyes, seed);
        spark = catch_light(h, v_eyes, dot(SUN_DIR, v_across), fwidth(h.x) + fwidth(h.z));
        shine = 1.0;
    } else {
        float edge = v_face.x > 0.5 ? 0.0 : fringe(h, v_face.z) * smoothstep(-0.48, -0.1, behind);
        float covered = smoothstep(v_face.x > 0.5 ? -0.1 : -0.45, v_face.x > 0.5 ? 0.15 : 0.75, behind + edge);
        float grain = 0.55 * (fwidth(h.x) + fwidth(h.z));
        Tear tear = wet(h, seed, grain);
        near = (1.0 - smoothstep(5.0, 8.0, range)) * (1.0 - covered);
        water = tear.height * near;
        aside = tear.aside;
        drops = tear.bead;
        dome = tear.dome;
        halo = tear.halo * near;
        float pores;
        s.albedo = skin(s, h, v_face, seed, fine, pores);
        s.normal = bumped(s.normal, v_point, (0.00007 * pores * (1.0 - halo) + 0.01 * lines(h, v_face, seed)) * fine * (1.0 - covered));
        if (covered > 0.0) {
            float bare = s.roughness;
            s.albedo = mix(s.albedo, covering(s, h, v_point, v_face, v_person.rgb, behind, seed, fine), covered);
            s.roughness = mix(bare, s.roughness, covered);
        }
        // Wept-out lids are red along their rims.
        s.albedo *= mix(vec3(1.0), vec3(1.0, 0.60, 0.60), 0.60 * smoothstep(0.10, 0.34, v_nature.z) * (1.0 - 0.6 * S_awe));
        // Lashes are a line along the upper lid's rim; a fainter one below.
        s.albedo *= 1.0 - 0.88 * smoothstep(0.34, 0.47, v_nature.z);
        s.albedo *= 1.0 - mix(0.75, 0.94, v_look) * smoothstep(0.35, 0.85, v_nature.w) * (1.0 - smoothstep(1.55, 1.95, abs(h.x)));
        // Wet skin is darker, and glossy; under a thread of water it is darker still, but for the flank
        // away from the light, which is where the light that goes through it gathers.
        s.albedo *= 1.0 - 0.16 * halo;
        // A beard stands off the cheek by less than its baked shade says.
        float bearded = v_face.w > 0.0 && h.z < 1.0 ? exp(-0.35 * behind * behind) : 0.0;
        s.ao = max(s.ao, 0.62 * bearded);
        front = max(front, 0.75 * bearded);
        // Light that goes through water is bent away from its far flank, which is dark.
        float far_off = (aside * sign(dot(SUN_DIR, v_across)) + 0.62) / 0.42;
        s.albedo *= 1.0 - 0.20 * exp(-far_off * far_off) * smoothstep(0.10, 0.40, water) * (1.0 - drops);
        s.roughness = mix(s.roughness, 0.22, 0.8 * halo);
        // The wet line where a lower lid meets the eye.
        float away = length(h - vec3(h.x < 0.0 ? -EYE_ASIDE : EYE_ASIDE, EYE_AHEAD, 0.0));
        float line = smoothstep(0.34, 0.38, v_nature.z) * step(h.z, -0.2) * (1.0 - smoothstep(EYE_RADIUS, EYE_RADIUS + 0.08, away));
        shine = max(shine, 0.55 * line);
    }
    shine *= 1.0 - smoothstep(4.0, 8.0, range);  // a glint smaller than a pixel would sparkle
    if (max(max(shine, spark), water) > 0.01) {
        float open_to_sun = mix(0.15, 1.0, sun_at(v_point + 0.10 * SUN_DIR));
        vec3 sun = SUN_LIGHT * S_lit * open_to_sun;
        float grazing = 0.10 + 0.75 * pow(1.0 - clamp(dot(mirror, v), 0.0, 1.0), 4.0);
        vec3 mirrored = reflect(-v, mirror);
        mirrored.z = abs(mirrored.z);
        float toward = max(dot(mirrored, SUN_DIR), 0.0);
        s.glow = spark * mix(near_by, afar, min(S_orb_light, 1.0)) * mix(0.30 * SUN_LIGHT * S_lit + vec3(0.9, 0.9, 1.1), vec3(0.5, 0.6, 0.7), S_awe);
        s.glow += (sky_gradient(mirrored) * grazing * 1.7 + sun * (pow(toward, 40.0) + 0.25 * pow(toward, 6.0)) * 0.5) * shine;
        // A thread of water is a thin cylinder: somewhere across it each light is mirrored.
        vec3 along = normalize(cross(n, v_across));
        vec2 west = on_thread(normalize(v + SUN_DIR), along, v_across, aside);
        vec2 above = on_thread(normalize(v + vec3(-0.3, 0.0, 0.95)), along, v_across, aside);
        float through = smoothstep(0.1, 0.9, -aside * sign(dot(SUN_DIR, v_across)));
        vec3 glint = 1.1 * sun * west.x * west.y + mix(4.0, 1.6, S_sky_light) * sky_gradient(vec3(-0.3, 0.0, 0.95)) * above.y;
        float broken = mix(0.08, 1.0, smoothstep(0.38, 0.66, value_noise(vec3(h.xz * vec2(0.8, 2.6), seed * 50.0 + 0.15 * S_breath))));
        // Water stands on the skin, and its flanks mirror what lies to their own side.
        vec3 flank = bumped(n, v_point, 0.0011 * water), sent = reflect(-v, flank);
        float bare = 0.04 + 0.96 * pow(1.0 - clamp(dot(flank, v), 0.0, 1.0), 5.0), lies = smoothstep(0.12, 0.55, water);
        // A thin line towards the sun; the rest of it is clear.
        float rim = (aside * sign(dot(SUN_DIR, v_across)) - 0.58) / 0.30;
        lies *= max(exp(-rim * rim), drops);
        s.glow += lies * (2.6 * bare * sky_gradient(vec3(sent.xy, abs(sent.z))) + mix(vec3(luminance(sun)), sun, 0.35) * (0.13 * pow(max(dot(sent, SUN_DIR), 0.0), 20.0) + 0.05 * bare));
        // A drop is a soft lens: a window of the sky stands high in it, towards the sun, and the light
        // that goes through it gathers low, on the other side.
        float sunward = sign(dot(SUN_DIR, v_across));
        vec2 high = (dome - vec2(0.30 * sunward, -0.38)) / vec2(0.26, 0.30), low = (dome - vec2(-0.22 * sunward, 0.38)) / vec2(0.55, 0.40);
        float round_ = (1.0 - 0.7 * S_awe) * near * (1.0 - smoothstep(0.5, 1.4, dot(dome, dome)));
        s.glow += round_ * (exp(-dot(high, high)) * (0.05 * sun + vec3(0.75, 0.70, 0.75)) + exp(-dot(low, low)) * s.albedo * (0.10 * sun + vec3(0.30)));
        s.glow += water * near * (1.0 - drops) * broken * exp(-rim * rim) * (0.30 * mix(vec3(luminance(glint)), glint, 0.35) + 0.05 * sun * through * s.albedo);
        s.glow += exp(-rim * rim) * smoothstep(0.15, 0.5, water) * near * (1.0 - drops) * broken * vec3(0.26, 0.23, 0.26) * (1.0 - 0.7 * S_awe);
        if (S_orb_light > 0.0) {
            vec3 to_orb = normalize(u_orb - v_point);
            float orb = max(dot(mirrored, to_orb), 0.0);
            vec2 orbs = on_thread(normalize(v + to_orb), along, v_across, aside);
            s.glow += ORB_LIGHT * S_orb_light * ((pow(orb, 500.0) * 2.2 + 0.05 * pow(orb, 6.0)) * shine + 0.5 * broken * orbs.x * orbs.y * water);
        }
    }
    // The brim is nearer to a bowed brow than either map or baked shade says.
    float brim = smoothstep(2.2, 7.5, h.z) * (1.0 - v_look);
    // The sun's map holds a coarser mesh than the one seen: look it up a hand's breadth nearer.
    vec3 c = flesh_light(s, v_point + 0.10 * SUN_DIR + 0.02 * s.normal, from, front, past_nose(h, dot(SUN_DIR, v_across)) * (1.0 - 0.5 * brim), mix(1.0 - 0.68 * brim, within_hood(h), v_look));
    color = vec4(air(c, from, v_point) + dissolve_edge(v_rest), 1.0);
}
