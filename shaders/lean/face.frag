#version 330
// Faces for machines without a graphics card: no pores, and the map's own shadow.
#pragma include "../lib/flesh.glsl"
#pragma include "../lib/dissolve.glsl"
#pragma include "../lib/fade.glsl"
in vec3 v_rest;
in vec3 v_point;
in vec3 v_normal;
in vec3 v_head;
in vec4 v_nature;        // shade, behind the hairline, eyeball, inside of the mouth
in float v_look;
in float v_front;        // how far the skin looks out of the hood
flat in vec4 v_person;   // robe colour, phase
flat in vec4 v_face;     // linen, age, woman, beard
flat in vec4 v_eyes;
flat in float v_share;
in float v_height;        // above the person's floor at rest, metres
out vec4 color;

void main() {
    dissolve_discard(v_rest);
    if (faded(v_share, v_height)) discard;
    vec3 to = eye() - v_point;
    float range = length(to), seed = v_person.a;
    vec3 v = to / range, n = normalize(v_normal), h = v_head;
    Surface s;
    s.normal = n;
    s.ao = v_nature.x;
    float shine = 0.0;
    if (v_nature.z > 0.75) {
        s.albedo = eyeball(s, h, v_eyes, seed);
        shine = 1.0;
    } else {
        float pores;
        s.albedo = skin(s, h, v_face, seed, 0.0, pores);
        float behind = v_nature.y * 8.0 - 0.5;
        if (behind > -0.1)
            s.albedo = mix(s.albedo, covering(s, h, v_point, v_face, v_person.rgb, behind, seed, 0.0), smoothstep(-0.1, 0.4, behind));
        s.albedo *= 1.0 - 0.88 * smoothstep(0.34, 0.47, v_nature.z);
        s.albedo *= 1.0 - mix(0.75, 0.94, v_look) * v_nature.w;
        Tear tear = wet(h, seed, 0.55 * (fwidth(h.x) + fwidth(h.z)));
        shine = tear.height * (1.0 - smoothstep(2.0, 4.0, range));
        s.albedo *= 1.0 - 0.35 * max(shine, 0.6 * tear.halo);
    }
    float hooded = mix(1.0, within_hood(h), 0.5 * v_look);
    float lit = sun_at(v_point + 0.12 * SUN_DIR + 0.03 * n);
    vec3 sun = SUN_LIGHT * S_lit * (1.0 - 0.75 * S_sky_light);
    vec3 front = max((vec3(dot(n, SUN_DIR)) + BLEEDS) / (1.0 + BLEEDS), 0.0);
    front *= mix(vec3(1.0), vec3(0.80, 1.0, 1.06), smoothstep(0.0, 0.5, dot(n, SUN_DIR)));  // as flesh_light has it
    vec3 c = s.albedo * (1.45 * sun * lit * front / PI + hood_light(n, v_front, s.ao) * hooded);
    if (shine > 0.01) {
        vec3 r = reflect(-v, n);
        float grazing = 0.06 + 0.7 * pow(1.0 - clamp(dot(n, v), 0.0, 1.0), 4.0);
        c += sky_gradient(vec3(r.xy, abs(r.z))) * grazing * shine * 2.2;
        c += sun * lit * shine * 0.35 * pow(max(dot(r, SUN_DIR), 0.0), 5.0);
    }
    s.roughness = 0.6;
    c += near_light(s, v_point, v, 0.3, 0.70, 1.0) * hooded;
    color = vec4(air(c, eye(), v_point) + dissolve_edge(v_rest), 1.0);
}
